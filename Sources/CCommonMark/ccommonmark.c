#include "CCommonMark.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

static const char *const extensions[] = {"table", "autolink", "strikethrough"};

static void shift_headings(cmark_node *root, int shift) {
    cmark_iter *iterator = cmark_iter_new(root);
    while (cmark_iter_next(iterator) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (cmark_iter_get_event_type(iterator) != CMARK_EVENT_ENTER) continue;
        if (cmark_node_get_type(node) != CMARK_NODE_HEADING) continue;
        int level = cmark_node_get_heading_level(node) + shift;
        cmark_node_set_heading_level(node, level > 6 ? 6 : level);
    }
    cmark_iter_free(iterator);
}

char *ccommonmark_render(const char *text, size_t length, ccommonmark_format format, int heading_shift) {
    cmark_gfm_core_extensions_ensure_registered();
    int options = CMARK_OPT_VALIDATE_UTF8;
    cmark_parser *parser = cmark_parser_new(options);
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
        cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
        if (extension) cmark_parser_attach_syntax_extension(parser, extension);
    }
    cmark_parser_feed(parser, text, length);
    cmark_node *root = cmark_parser_finish(parser);
    shift_headings(root, heading_shift);
    char *rendered = format == CCOMMONMARK_HTML
                         ? cmark_render_html(root, options, cmark_parser_get_syntax_extensions(parser))
                         : cmark_render_latex(root, options, 0);
    cmark_node_free(root);
    cmark_parser_free(parser);
    return rendered;
}
