/// Reads the strokes of a letter from the short notation of ``StrokeFont``'s outlines.
///
/// `M x y` begins a stroke, `L x y` goes on straight, `C x1 y1 x2 y2 x y` along a cubic curve, and `E cx cy rx ry a b` along an
/// ellipse from the angle a to the angle b, in degrees, joined to what came before by a straight line. `O cx cy rx ry` is a whole
/// ellipse, `P x y` a dot.
enum StrokePath {
    static func lines(_ path: String) -> [[Chart.Point]] {
        var lines: [[Chart.Point]] = []
        var current: [Chart.Point] = []
        func end() {
            if !current.isEmpty { lines.append(current) }
            current = []
        }
        var tokens = path.split(separator: " ")[...]
        while let command = tokens.popFirst() {
            // A letter may stand right before its first number.
            var numbers = command.dropFirst().isEmpty ? [] : [Double(command.dropFirst()) ?? 0]
            while let next = tokens.first, let number = Double(next) {
                numbers.append(number)
                tokens.removeFirst()
            }
            switch (command.first, numbers.count) {
            case ("M", 2):
                end()
                current = [.init(x: numbers[0], y: numbers[1])]
            case ("P", 2):
                end()
                lines.append([.init(x: numbers[0], y: numbers[1])])
            case ("L", 2):
                current.append(.init(x: numbers[0], y: numbers[1]))
            case ("C", 6):
                guard let start = current.last else { continue }
                current += cubic(from: start, numbers)
            case ("E", 6):
                current += arc(numbers[0], numbers[1], numbers[2], numbers[3], from: numbers[4], to: numbers[5])
            case ("O", 4):
                end()
                lines.append(arc(numbers[0], numbers[1], numbers[2], numbers[3], from: 0, to: 360))
            default:
                continue
            }
        }
        end()
        return lines
    }

    private static func cubic(from start: Chart.Point, _ numbers: [Double]) -> [Chart.Point] {
        (1...16).map { step in
            let t = Double(step) / 16
            let (a, b, c, d) = ((1 - t) * (1 - t) * (1 - t), 3 * t * (1 - t) * (1 - t), 3 * t * t * (1 - t), t * t * t)
            return .init(
                x: a * start.x + b * numbers[0] + c * numbers[2] + d * numbers[4],
                y: a * start.y + b * numbers[1] + c * numbers[3] + d * numbers[5]
            )
        }
    }

    private static func arc(
        _ x: Double,
        _ y: Double,
        _ radiusX: Double,
        _ radiusY: Double,
        from: Double,
        to: Double
    ) -> [Chart.Point] {
        let count = max(2, Int(((to - from).magnitude / 10).rounded(.up)))
        return (0...count).map { step in
            let (cosine, sine) = direction(degrees: from + (to - from) * Double(step) / Double(count))
            return .init(x: x + radiusX * cosine, y: y + radiusY * sine)
        }
    }

    /// Cosine and sine, to the precision of a drawing: series around the nearest multiple of 90 degrees.
    static func direction(degrees: Double) -> (cosine: Double, sine: Double) {
        let quarters = (degrees / 90).rounded()
        let rest = (degrees - quarters * 90) * Double.pi / 180
        let square = rest * rest
        let sine = rest * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72))))
        let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
        switch Int(quarters.truncatingRemainder(dividingBy: 4) + 4) % 4 {
        case 0: return (cosine, sine)
        case 1: return (-sine, cosine)
        case 2: return (-cosine, -sine)
        default: return (sine, -cosine)
        }
    }
}
