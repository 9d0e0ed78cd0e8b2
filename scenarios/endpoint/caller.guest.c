/*
 * Makes a call that "service" does not answer.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "service.h"

int main(void)
{
    service_call(SERVICE_HOLD, 99, NULL);
    return 1;
}
