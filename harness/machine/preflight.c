/* What can be known to go wrong before QEMU is started.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "harness/machine/preflight.h"

#include "harness/base/buffer.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static bool readable(const char *path, const char *what, const char *help, struct error *err)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return error_set(err, "cannot read the %s %s: %s; %s", what, path, strerror(errno), help);
    bool file = fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    close(fd);
    return file || error_set(err, "the %s %s is not a file; %s", what, path, help);
}

static bool check_kernel(const struct machine_plan *plan, const struct domain_place *place,
                         struct error *err)
{
    char *kernel = domain_path(place, plan->kernel);
    char *initrd = plan->initrd ? domain_path(place, plan->initrd) : NULL;
    bool good =
        readable(kernel, "kernel",
                 "build it with `make kernel`, or set system.kernel in the manifest", err) &&
        (!initrd || readable(initrd, "initrd", "set system.initrd in the manifest to a file", err));
    free(initrd);
    free(kernel);
    return good;
}

static bool check_image(const struct machine_plan *plan, const struct domain_place *place,
                        struct error *err)
{
    char *image = domain_path(place, plan->image);
    bool good =
        readable(image, "image",
                 "say what is on it in fixtures/images, or set system.image in the manifest", err);
    free(image);
    return good;
}

static bool check_files(const struct machine_plan *plan, const struct domain_place *place,
                        struct error *err)
{
    static const char help[] = "install the package ovmf";
    if (plan->uefi && !(readable(UEFI_CODE, "firmware", help, err) &&
                        readable(UEFI_VARIABLES, "firmware's variables", help, err)))
        return false;
    if (plan->boot == BOOT_IMAGE)
        return check_image(plan, place, err);
    return plan->boot != BOOT_KERNEL || check_kernel(plan, place, err);
}

static bool check_port(const struct forward *forward, const char *network, struct error *err)
{
    bool udp = strcmp(forward->protocol, "udp") == 0;
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)forward->host),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, (udp ? SOCK_DGRAM : SOCK_STREAM) | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return error_set(err, "cannot make a socket: %s", strerror(errno));
    int reuse = 1; /* as QEMU does: a connection that lingers is nobody's port */
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse);
    bool free_port = bind(fd, (struct sockaddr *)&address, sizeof address) == 0;
    int error = errno;
    close(fd);
    return free_port ||
           error_set(
               err,
               "port %u of the host cannot be forwarded to port %u of the guest: %s; end what "
               "uses it, or set \"host\" in network %s to another port or to 0 for any free one",
               forward->host, forward->guest, strerror(error), network);
}

/* A fixed host port is for people, and people forget what still runs. */
static bool check_ports(const struct machine_plan *plan, struct error *err)
{
    for (size_t i = 0; i < plan->n_nics; i++) {
        const struct network *network = plan->nics[i].network;
        for (size_t k = 0; k < network->n_forwards; k++)
            if (network->forwards[k].host && !check_port(&network->forwards[k], network->name, err))
                return false;
    }
    return true;
}

/* An empty disk of the planned size, in the run folder. */
static bool create_disks(const struct machine_plan *plan, const char *run, struct error *err)
{
    for (size_t i = 0; i < plan->n_disks; i++) {
        if (plan->disks[i].image)
            continue;
        char *path = format_text("%s/%s.%s.img", run, plan->name, plan->disks[i].name);
        int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        bool good = fd >= 0 && ftruncate(fd, (off_t)(plan->disks[i].size << 20)) == 0;
        if (!good)
            error_set(err, "cannot create the disk %s: %s", path, strerror(errno));
        if (fd >= 0)
            close(fd);
        free(path);
        if (!good)
            return false;
    }
    return true;
}

bool preflight(const struct machine_plan *plan, const struct domain_place *place, struct error *err)
{
    return check_files(plan, place, err) && check_ports(plan, err) &&
           create_disks(plan, place->run, err);
}
