/// Writes an SVG picture, element by element.
///
/// Numbers keep two decimals, text is escaped, and what is no number becomes 0, so that the result is always valid.
package struct SVGDocument: Sendable {
    /// Where a text stands to its point.
    package enum Anchor: String, Sendable {
        case start, middle, end
    }

    package var width: Double
    package var height: Double
    /// Style rules besides ``SVGTheme``'s.
    package var style = ""
    /// Whether the picture stays light on dark screens, for colours that would not show on a dark ground.
    package var isAlwaysLight = false
    private var definitions = ""
    private var body = ""

    package init(width: Double, height: Double) {
        self.width = width
        self.height = height
    }

    /// The whole file.
    package var text: String {
        let size = "\(Self.number(width)) \(Self.number(height))"
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="joblib" viewBox="0 0 \(size)" \
            width="\(Self.number(width))" height="\(Self.number(height))" role="img">
            <style>\(SVGTheme.light)\(isAlwaysLight ? "" : SVGTheme.dark)\(style)</style>
            \(definitions.isEmpty ? "" : "<defs>\(definitions)</defs>\n")\
            <rect class="back" width="\(Self.number(width))" height="\(Self.number(height))"/>
            \(body)</svg>

            """
    }

    /// Adds what other elements refer to by `url(#id)`; `markup` is written as it is.
    package mutating func define(_ markup: String) {
        definitions += markup
    }

    package mutating func rectangle(
        x: Double,
        y: Double = 0,
        width: Double,
        height: Double,
        class name: String = "",
        opacity: Double = 1,
        radius: Double = 0,
        title: String? = nil
    ) {
        open("rect", class: name)
        attribute("x", x)
        if y != 0 { attribute("y", y) }
        attribute("width", width)
        attribute("height", height)
        if radius > 0 { attribute("rx", radius) }
        if opacity < 1 { attribute("fill-opacity", opacity) }
        close("rect", title: title)
    }

    package mutating func text(
        _ text: String,
        x: Double,
        y: Double,
        class name: String = "",
        anchor: Anchor = .start,
        rotated degrees: Double = 0
    ) {
        open("text", class: name)
        if degrees == 0 {
            attribute("x", x)
            attribute("y", y)
        } else {
            let place = "translate(\(Self.number(x)) \(Self.number(y))) rotate(\(Self.number(degrees)))"
            body += " transform=\"\(place)\""
        }
        if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
        body += ">\(Self.escaped(text))</text>\n"
    }

    package mutating func line(x1: Double, y1: Double, x2: Double, y2: Double, class name: String = "") {
        open("line", class: name)
        attribute("x1", x1)
        attribute("y1", y1)
        attribute("x2", x2)
        attribute("y2", y2)
        body += "/>\n"
    }

    /// Adds a picture whose pixels stay squares; `link` is written as it is.
    package mutating func image(_ link: String, x: Double, y: Double, width: Double, height: Double) {
        open("image", class: "", style: "image-rendering:pixelated")
        attribute("x", x)
        attribute("y", y)
        attribute("width", width)
        attribute("height", height)
        body += " preserveAspectRatio=\"none\" href=\"\(link)\"/>\n"
    }

    /// Adds a path; `data` and `style` are written as they are.
    package mutating func path(_ data: String, class name: String = "", style: String = "", title: String? = nil) {
        open("path", class: name, style: style)
        body += " d=\"\(data)\""
        close("path", title: title)
    }

    /// Adds a group moved by (`x`, `y`), filled by `content`; `style` is written as it is.
    package mutating func group(
        class name: String = "",
        style: String = "",
        x: Double = 0,
        y: Double = 0,
        _ content: (inout SVGDocument) -> Void
    ) {
        open("g", class: name, style: style)
        if x != 0 || y != 0 { body += " transform=\"translate(\(Self.number(x)) \(Self.number(y)))\"" }
        body += ">\n"
        content(&self)
        body += "</g>\n"
    }

    private mutating func open(_ element: String, class name: String, style: String = "") {
        body += "<\(element)"
        if !name.isEmpty { body += " class=\"\(Self.escaped(name))\"" }
        if !style.isEmpty { body += " style=\"\(style)\"" }
    }

    private mutating func attribute(_ name: String, _ value: Double) {
        body += " \(name)=\"\(Self.number(value))\""
    }

    private mutating func close(_ element: String, title: String?) {
        body += title.map { "><title>\(Self.escaped($0))</title></\(element)>\n" } ?? "/>\n"
    }

    /// A coordinate: two decimals are finer than any screen.
    package static func number(_ value: Double) -> String {
        value.isFinite ? HumanText.trimmed(HumanText.fixed(value, decimals: 2)) : "0"
    }

    /// Text as it may stand in an element or attribute; characters that XML forbids become U+FFFD.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\t", "\n", "\r": result += " "
            case "\0"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
