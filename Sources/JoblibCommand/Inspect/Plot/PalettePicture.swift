/// A small picture of up to 256 colours, as a PNG file.
struct PalettePicture {
    let width: Int
    let height: Int
    /// Row by row: places in `palette`.
    let pixels: [UInt8]
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]

    var png: [UInt8] {
        var file = PNGFile(width: width, height: height, .palette)
        file.add("PLTE", palette.flatMap { [$0.red, $0.green, $0.blue] })
        var rows: [UInt8] = []
        for row in 0..<height {
            // No filter.
            rows.append(0)
            rows += pixels[row * width..<(row + 1) * width]
        }
        // No library is needed for a picture of some kilobytes.
        file.add("IDAT", ZlibData.stored(rows))
        file.add("IEND", [])
        return file.bytes
    }
}
