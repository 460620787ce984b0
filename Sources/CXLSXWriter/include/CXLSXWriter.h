#ifndef CXLSXWRITER_H
#define CXLSXWRITER_H

#include <xlsxwriter.h>

/// Makes a workbook whose bytes depend on what is written into it alone: the library would stamp it with the time.
///
/// - folder: For what the library keeps in files on the way.
/// - in_parts: Not 0: rows leave memory as they are written, one after the other from the top; charts then have no
///   values of their own beside the cells.
/// - Returns: NULL where there is no memory.
lxw_workbook *cxlsxwriter_new(const char *path, const char *folder, const char *title, int in_parts);

#endif
