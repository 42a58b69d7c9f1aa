// libxlsxwriter for Swift: writes workbooks that Excel, WPS and LibreOffice open.

#ifndef HUIYIN_CXLSXWRITER_H
#define HUIYIN_CXLSXWRITER_H

#include <xlsxwriter.h>

#endif
