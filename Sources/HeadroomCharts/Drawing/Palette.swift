/// A colour by its use, with one value on light paper and one on dark.
///
/// The colours of series are Okabe and Ito's, which people with any colour vision can tell apart ("Color Universal
/// Design", 2008): of each pair the one that stands out from the paper. Levels run from near the paper to far from it,
/// after the blues of ColorBrewer, whose steps differ in lightness.
package enum Paint: Equatable, Hashable, Sendable, CaseIterable {
    case paper, ink, muted, grid, land
    case series1, series2, series3, series4
    case level1, level2, level3, level4, level5

    package static let series: [Paint] = [.series1, .series2, .series3, .series4]
    package static let levels: [Paint] = [.level1, .level2, .level3, .level4, .level5]

    /// As `#rrggbb`, on light paper.
    package var light: String {
        switch self {
        case .paper: "#ffffff"
        case .ink: "#1b1f24"
        case .muted: "#59636e"
        case .grid: "#dde1e6"
        case .land: "#e8ebee"
        case .series1: "#0072b2"
        case .series2: "#d55e00"
        case .series3: "#009e73"
        case .series4: "#cc79a7"
        case .level1: "#b9d4ec"
        case .level2: "#8fbfe0"
        case .level3: "#4f9bcb"
        case .level4: "#1f6fae"
        case .level5: "#08386f"
        }
    }

    /// As `#rrggbb`, on dark paper.
    package var dark: String {
        switch self {
        case .paper: "#16191f"
        case .ink: "#eceff2"
        case .muted: "#a3acb6"
        case .grid: "#363c45"
        case .land: "#2a2f37"
        case .series1: "#56b4e9"
        case .series2: "#e69f00"
        case .series3: "#009e73"
        case .series4: "#cc79a7"
        case .level1: "#17406b"
        case .level2: "#1f649f"
        case .level3: "#3f8fc9"
        case .level4: "#86bfe6"
        case .level5: "#d6eafa"
        }
    }

    /// What custom properties and classes are named after: `--chart-series1`, `fill-series1`, `stroke-series1`.
    package var name: String { "\(self)" }
}

extension Chart {
    /// Style rules of charts that are drawn without a style of their own; every colour is a custom property.
    public static var styleSheet: String {
        func properties(_ colour: (Paint) -> String) -> String {
            Paint.allCases.map { "--chart-\($0.name):\(colour($0))" }.joined(separator: ";")
        }
        let rules = Paint.allCases.map {
            ".headroom-chart .fill-\($0.name){fill:var(--chart-\($0.name))}\n"
                + ".headroom-chart .stroke-\($0.name){stroke:var(--chart-\($0.name))}\n"
        }
        return ".headroom-chart{\(properties(\.light))}\n"
            + "@media (prefers-color-scheme:dark){.headroom-chart{\(properties(\.dark))}}\n"
            + "@media print{.headroom-chart{\(properties(\.light))}}\n" + rules.joined()
    }
}

/// The form of a mark: what colour says, shape says too.
package enum Shape: String, Equatable, Sendable { case square, circle, ring, diamond, line, dashedLine }
