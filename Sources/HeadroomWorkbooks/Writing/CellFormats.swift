internal import CXLSXWriter
internal import HeadroomCharts

/// The formats of a workbook, each made where it is first needed.
final class CellFormats {
    private let book: UnsafeMutablePointer<lxw_workbook>
    private var made: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]

    init(_ book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

    /// - Returns: Nil for cells that look like any other.
    func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        guard style != CellStyle() else { return nil }
        if let format = made[style] { return format }
        guard let format = workbook_add_format(book) else { return nil }
        switch style.role {
        case .plain: break
        case .title:
            format_set_bold(format)
            format_set_font_size(format, 14)
        case .heading: format_set_bold(format)
        case .header:
            format_set_bold(format)
            format_set_bg_color(format, Paint.land.number)
            format_set_bottom(format, UInt8(LXW_BORDER_THIN.rawValue))
        case .total:
            format_set_bold(format)
            format_set_top(format, UInt8(LXW_BORDER_THIN.rawValue))
        }
        if let code = style.numberFormat { format_set_num_format(format, code) }
        if style.wraps {
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
        }
        if style.isRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        if style.isIndented { format_set_indent(format, 1) }
        made[style] = format
        return format
    }
}

extension Paint {
    /// As `0xRRGGBB`, on light paper.
    var number: UInt32 { UInt32(light.dropFirst(), radix: 16) ?? 0 }
}
