// c-ares for Swift: names to addresses without a thread of its own and without ever waiting.
// Its channel has an incomplete type behind a pointer, and its functions are called as they are.

#ifndef HUIYIN_CCARES_H
#define HUIYIN_CCARES_H

#include <sys/time.h>
#include <ares.h>

#endif
