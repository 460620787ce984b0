#ifndef CCOMMONMARK_H
#define CCOMMONMARK_H

#include <stddef.h>

typedef enum { CCOMMONMARK_HTML, CCOMMONMARK_LATEX } ccommonmark_format;

/// Renders Markdown with tables and plain links, as GitHub has them; HTML within it is left out, and so are links that
/// run something.
///
/// - text: UTF-8 of `length` bytes.
/// - heading_shift: How many levels headings go down; none goes below the sixth.
/// - Returns: Text that the caller frees, well formed as XML where it is HTML; NULL where there is no memory.
char *ccommonmark_render(const char *text, size_t length, ccommonmark_format format, int heading_shift);

#endif
