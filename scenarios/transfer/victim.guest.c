/*
 * Ends while a call with moves of it stands in line.
 * SPDX-License-Identifier: Apache-2.0
 */
#include "post.h"

int main(void)
{
    const struct ring_transfer what[] = {MOVE(new_memory()), MOVE(new_memory())};

    letter_send(capos_cap("hole"), what, 2);
    return 0;
}
