/// A colour that a user named, checked: what is none of CSS's names or hexadecimal forms never gets into a picture.
package struct SVGColor: Sendable, Hashable {
    /// As it is written in a style rule: a name in small letters, `#rgb` or `#rrggbb`.
    package let text: String

    /// - Parameter text: One of CSS's colour names in large or small letters, `#rgb` or `#rrggbb`; of anything else no
    ///   colour is made.
    package init?(_ text: String) {
        // Looked at no further than the longest name: the text may be a whole file by mistake.
        guard text.utf8.prefix(Self.longest + 1).count <= Self.longest else { return nil }
        let text = text.lowercased()
        guard Self.isHexadecimal(text) || Self.names.contains(text) else { return nil }
        self.text = text
    }

    private static let longest = "lightgoldenrodyellow".utf8.count

    private static func isHexadecimal(_ text: String) -> Bool {
        guard text.utf8.first == UInt8(ascii: "#"), text.utf8.count == 4 || text.utf8.count == 7 else { return false }
        return text.unicodeScalars.dropFirst().allSatisfy { $0.properties.isASCIIHexDigit }
    }

    private static let names = Set(
        """
        aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue blueviolet brown burlywood \
        cadetblue chartreuse chocolate coral cornflowerblue cornsilk crimson cyan darkblue darkcyan darkgoldenrod \
        darkgray darkgreen darkgrey darkkhaki darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon \
        darkseagreen darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue dimgray \
        dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green \
        greenyellow grey honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon \
        lightblue lightcoral lightcyan lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon \
        lightseagreen lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen \
        magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen mediumslateblue \
        mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream mistyrose moccasin navajowhite navy \
        oldlace olive olivedrab orange orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip \
        peachpuff peru pink plum powderblue purple rebeccapurple red rosybrown royalblue saddlebrown salmon sandybrown \
        seagreen seashell sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal \
        thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
        """.split(separator: " ").map(String.init)
    )
}
