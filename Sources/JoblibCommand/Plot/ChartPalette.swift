/// The colours of charts on a white ground.
///
/// The series have those of Okabe and Ito (Color Universal Design, 2008), which the colour-blind can tell apart, in an order
/// in which neighbours differ in lightness too.
enum ChartPalette {
    static let series = [0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0xe69f00, 0x56b4e9, 0x5b6470]
    static let background = 0xffffff
    static let ink = 0x16191d
    static let soft = 0x59616c
    static let grid = 0xe1e4e8
    static let axis = 0x8d95a0
    static let reference = 0x7d858f

    static func color(of stroke: ChartStroke) -> Int {
        switch stroke {
        case .axis: axis
        case .grid: grid
        case .reference: reference
        case .series(let index): series[index % series.count]
        }
    }

    static func color(of style: ChartTextStyle) -> Int { style.isSoft ? soft : ink }
}
