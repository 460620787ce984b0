internal import Foundation
internal import LinearProgramming

/// How a plan is known to be the best there is, in words.
public struct CertificateText: Equatable, Sendable {
    public struct Line: Equatable, Sendable {
        public var label: String
        /// Relative; nil where nothing is proved.
        public var value: Double?
        public var meaning: String
    }

    public var sentences: [String]
    public var lines: [Line]

    public init(_ plan: Plan) {
        sentences = [Self.outcome(plan)]
        lines = plan.certificate.map(Self.lines) ?? []
        if !lines.isEmpty {
            sentences.append(
                "The figures below were worked out again from the program's own numbers, apart from the solver "
                    + "(\(plan.method), \(FigureText.count(plan.steps)) steps); each is "
                    + "relative, and 0.000001 is the most that is let pass.")
        }
    }

    private static func outcome(_ plan: Plan) -> String {
        if let goal = plan.stoppedAt {
            return
                "The search was stopped while it maximised \(goal.title): the plan holds all limits, but is not proved the "
                + "best."
        }
        guard let gap = plan.gap, gap > 1e-9 else {
            return "Under the model and its inputs no plan does better: the optimum is proved."
        }
        // Rounded up: a bound that is printed has to hold.
        let percent = FigureText.number((1e6 * gap).rounded(.up) / 1e4, decimals: 4)
        return "With whole modules the plan is proved to be within \(percent) % of the best there is."
    }

    private static func lines(_ certificate: Certificate) -> [Line] {
        [
            Line(
                label: "Limits overstepped", value: certificate.primalViolation,
                meaning: "by the worst of all limits"),
            Line(
                label: "Prices amiss", value: certificate.dualViolation,
                meaning: "the worst price without a limit behind it"),
            Line(
                label: "Slack that is priced", value: certificate.complementarySlackness,
                meaning: "summed up over all limits"),
            Line(
                label: "Gap to the bound", value: certificate.dualityGap,
                meaning: "between the plan and what the prices prove to be the most"),
        ]
    }
}

extension FigureText {
    /// A very small number such as `3.1e-12`; 0 as it is.
    public static func small(_ value: Double?) -> String {
        guard let value else { return undefined }
        guard value != 0 else { return "0" }
        let exponent = Int(log10(abs(value)).rounded(.down))
        return
            "\(number(value / pow(10, Double(exponent)), decimals: 1))e\(exponent < 0 ? "−" : "")\(abs(exponent))"
    }
}
