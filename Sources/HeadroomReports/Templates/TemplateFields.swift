internal import Foundation
internal import Mustache

/// What templates may ask of a kind of value: every name declared once, with its meaning and where it comes from.
struct TemplateFields<Subject>: Sendable {
    struct Field: Sendable {
        let name: TemplateName
        /// As swift-mustache takes it: a string, a flag, a scope, an array of scopes; nil where it is undefined.
        let value: @Sendable (Subject) -> Any?
    }

    private let fields: [Field]

    init(_ fields: [Field]) { self.fields = fields }

    var names: [TemplateName] { fields.map(\.name) }

    /// A value as a template sees it; nothing is worked out before it is asked for.
    func scope(of subject: Subject) -> TemplateScope {
        TemplateScope { [fields] name in
            guard let field = fields.first(where: { $0.name.name == name }) else { return nil }
            // An undefined value is one: a nil would be looked for in the scopes around.
            return field.value(subject) ?? NSNull()
        }
    }
}

extension TemplateFields.Field {
    static func text(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Subject) -> String?)
        -> Self
    {
        Self(name: TemplateName(name, meaning, .text), value: value)
    }

    static func markup(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Subject) -> String?)
        -> Self
    {
        Self(name: TemplateName(name, meaning, .markup), value: value)
    }

    static func flag(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Subject) -> Bool)
        -> Self
    {
        Self(name: TemplateName(name, meaning, .flag), value: value)
    }

    static func object<Inner>(
        _ name: String, _ meaning: String, _ fields: TemplateFields<Inner>,
        _ value: @escaping @Sendable (Subject) -> Inner?
    ) -> Self {
        Self(name: TemplateName(name, meaning, .object(fields.names))) { value($0).map(fields.scope) }
    }

    static func list<Inner>(
        _ name: String, _ meaning: String, _ fields: TemplateFields<Inner>,
        _ value: @escaping @Sendable (Subject) -> [Inner]
    ) -> Self {
        Self(name: TemplateName(name, meaning, .list(fields.names))) { value($0).map(fields.scope) }
    }
}

extension TemplateFields<String> {
    /// Of a sentence.
    static let sentence = TemplateFields([.text("text", "the sentence") { $0.withFiguresUnbroken }])
}

/// A value with names, as swift-mustache looks into it.
struct TemplateScope: MustacheParent {
    let value: (String) -> Any?

    func child(named name: String) -> Any? { value(name) }
}
