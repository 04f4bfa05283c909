internal import JoblibParallel

/// Colours for the numbers of a range: dark to light, or two colours with white at zero where there are numbers of both
/// signs. They can be told apart by the colour-blind, and by their lightness alone.
struct ColourScale {
    /// The place in ``palette`` of what is no number.
    static let missing: UInt8 = 0

    let lower: Double
    let upper: Double
    /// 256 colours; the first one is for what is no number.
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]

    init(from least: Double, to greatest: Double) {
        let larger = max(least.magnitude, greatest.magnitude)
        let isSigned = least < 0 && greatest > 0 && min(least.magnitude, greatest.magnitude) > 0.2 * larger
        let anchors: [UInt32]
        if isSigned {
            (lower, upper) = (-larger, larger)
            anchors = Self.blueRed
        } else {
            // A matrix of one number has a range as well.
            (lower, upper) =
                least < greatest ? (least, greatest) : (least - max(larger, 1) / 2, least + max(larger, 1) / 2)
            anchors = Self.viridis
        }
        palette = [(0xc4, 0xc8, 0xce)] + (1...255).map { Self.colour(Double($0 - 1) / 254, anchors) }
    }

    /// The place of a number's colour in ``palette``.
    func index(of value: Double) -> UInt8 {
        let share = (value / 2 - lower / 2) / (upper / 2 - lower / 2)
        guard share.isFinite else { return Self.missing }
        return UInt8(min(max(1 + (share * 254).rounded(), 1), 255))
    }

    /// A colour of ``palette`` as CSS has it.
    func text(_ index: UInt8) -> String {
        let colour = palette[Int(index)]
        let digits = [colour.red, colour.green, colour.blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        return "#" + digits.joined()
    }

    private static func colour(_ share: Double, _ anchors: [UInt32]) -> (red: UInt8, green: UInt8, blue: UInt8) {
        let place = share * Double(anchors.count - 1)
        let index = min(Int(place), anchors.count - 2)
        let rest = place - Double(index)
        func part(_ shift: UInt32) -> UInt8 {
            let from = Double(anchors[index] >> shift & 0xff)
            let to = Double(anchors[index + 1] >> shift & 0xff)
            return UInt8((from + (to - from) * rest).rounded())
        }
        return (part(16), part(8), part(0))
    }

    /// Viridis, by Stéfan van der Walt and Nathaniel Smith (CC0), at every sixteenth of its range.
    private static let viridis: [UInt32] = [
        0x440154, 0x481a6c, 0x472f7d, 0x414487, 0x39568c, 0x31688e, 0x2a788e, 0x23888e, 0x1f988b, 0x22a884, 0x35b779,
        0x54c568, 0x7ad151, 0xa5db36, 0xd2e21b, 0xfde725,
    ]

    /// Blue over white to red, after ColorBrewer's RdBu.
    private static let blueRed: [UInt32] = [
        0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d, 0xb2182b, 0x67001f,
    ]
}
