// libzip for Swift: opens the archives that workbooks are.

#ifndef HUIYIN_CZIP_H
#define HUIYIN_CZIP_H

#include <zip.h>

#endif
