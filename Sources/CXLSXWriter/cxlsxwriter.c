#include "CXLSXWriter.h"

/* 2000-01-01 00:00 UTC; 0 would be the time of writing. */
static const time_t written = 946684800;

lxw_workbook *cxlsxwriter_new(const char *path, const char *folder, const char *title, int in_parts) {
    lxw_workbook_options options = {.constant_memory = in_parts ? LXW_TRUE : LXW_FALSE, .tmpdir = (char *)folder};
    lxw_workbook *workbook = workbook_new_opt(path, &options);
    if (!workbook) return NULL;
    lxw_doc_properties properties = {.title = (char *)title, .created = written};
    workbook_set_properties(workbook, &properties);
    return workbook;
}
