internal import CXLSXWriter
internal import HeadroomCharts

extension SheetChart {
    /// - Returns: Nil where there is no memory.
    func made(in book: UnsafeMutablePointer<lxw_workbook>) -> UnsafeMutablePointer<lxw_chart>? {
        guard let chart = workbook_add_chart(book, UInt8(type.rawValue)) else { return nil }
        chart_title_set_name(chart, title.xlsxText)
        var font = lxw_chart_font()
        font.size = 12
        font.bold = UInt8(LXW_TRUE.rawValue)
        chart_title_set_name_font(chart, &font)
        for line in series {
            guard let added = chart_add_series(chart, nil, nil) else { return nil }
            line.enter(added, asLine: kind == .line)
        }
        chart_set_series_gap(chart, 50)
        // Rows without a figure, such as what lies between two plans, do not cut a line.
        chart_show_blanks_as(chart, UInt8(LXW_CHART_BLANKS_AS_CONNECTED.rawValue))
        // Axes are named after where they lie: bars have their categories upright.
        let (across, up) = (chart.pointee.x_axis, chart.pointee.y_axis)
        let (category, value) = kind == .bars ? (up, across) : (across, up)
        if let category { enterAxis(category, categoryTitle, categoryFormat) }
        if let value { enterAxis(value, valueTitle, valueFormat) }
        if kind == .bars {
            // The first row of the table on top; the scale then goes to the other end.
            chart_axis_set_reverse(category)
            chart_axis_set_crossing_max(category)
        }
        chart_legend_set_position(
            chart, UInt8((series.count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE).rawValue))
        return chart
    }

    private var type: lxw_chart_type {
        switch kind {
        case .bars: LXW_CHART_BAR_STACKED
        case .columns: LXW_CHART_COLUMN_STACKED
        case .line: LXW_CHART_SCATTER_STRAIGHT
        }
    }

    private func enterAxis(_ axis: UnsafeMutablePointer<lxw_chart_axis>, _ title: String, _ format: String?) {
        if !title.isEmpty { chart_axis_set_name(axis, title.xlsxText) }
        var grid = lxw_chart_line()
        grid.color = Paint.grid.number
        grid.width = 0.75
        chart_axis_major_gridlines_set_line(axis, &grid)
        if let format { chart_axis_set_num_format(axis, format) }
        // Beside the chart, though the axes cross where both are 0.
        if kind == .line {
            chart_axis_set_label_position(axis, UInt8(LXW_CHART_AXIS_LABEL_POSITION_LOW.rawValue))
        }
    }
}

extension SheetChart.Series {
    fileprivate func enter(_ series: UnsafeMutablePointer<lxw_chart_series>, asLine isLine: Bool) {
        chart_series_set_name(series, name.xlsxText)
        chart_series_set_categories(
            series, categories.sheet.description, UInt32(categories.rows.lowerBound),
            UInt16(categories.column),
            UInt32(categories.rows.upperBound - 1), UInt16(categories.column))
        chart_series_set_values(
            series, values.sheet.description, UInt32(values.rows.lowerBound), UInt16(values.column),
            UInt32(values.rows.upperBound - 1), UInt16(values.column))
        if isLine {
            var line = lxw_chart_line()
            line.color = colour
            line.width = 2
            chart_series_set_line(series, &line)
        } else {
            var fill = lxw_chart_fill()
            fill.color = colour
            chart_series_set_fill(series, &fill)
        }
    }
}
