internal import JoblibSystem

extension LinePlot {
    /// The plot as an SVG document of 640 by 420 pixels.
    public func svg() -> String {
        Self.grid([self], columns: 1)
    }

    /// Several plots in one SVG document, side by side and in rows.
    ///
    /// ```swift
    /// let picture = LinePlot.grid([speedup, efficiency, memory, latency], columns: 2)
    /// ```
    ///
    /// - Parameters:
    ///   - plots: From left to right, then from the top down.
    ///   - columns: How many stand side by side; less than 1 counts as 1.
    /// - Returns: The document's text; of no plots, an empty picture.
    public static func grid(_ plots: [LinePlot], columns: Int) -> String {
        let columns = min(max(1, columns), max(1, plots.count))
        let rows = max(1, (plots.count + columns - 1) / columns)
        var document = SVGDocument(
            width: LinePlotPanel.width * Double(columns),
            height: LinePlotPanel.height * Double(rows)
        )
        // A black line would not show on a dark ground.
        document.isAlwaysLight = plots.contains { $0.series.contains { $0.ownColor != nil } }
        document.style = document.isAlwaysLight ? LinePlotPanel.light : LinePlotPanel.light + LinePlotPanel.dark
        for (index, plot) in plots.enumerated() {
            let x = LinePlotPanel.width * Double(index % columns)
            let y = LinePlotPanel.height * Double(index / columns)
            document.group(x: x, y: y) { LinePlotPanel(plot).draw(into: &$0) }
        }
        return document.text
    }

    /// Writes the plot as an SVG file.
    ///
    /// - Parameter path: The file to write or replace; its folder must exist. It appears whole or not at all.
    /// - Throws: ``JoblibError`` (`.cannotWriteFile`) with the path and the system's reason if the file cannot be
    ///   written; never for the data.
    public func write(to path: String) throws {
        try Self.write([self], columns: 1, to: path)
    }

    /// Writes several plots as one SVG file, laid out as by ``grid(_:columns:)``.
    ///
    /// - Parameters:
    ///   - plots: From left to right, then from the top down.
    ///   - columns: How many stand side by side; less than 1 counts as 1.
    ///   - path: The file to write or replace; its folder must exist. It appears whole or not at all.
    /// - Throws: ``JoblibError`` (`.cannotWriteFile`) with the path and the system's reason if the file cannot be
    ///   written; never for the data.
    public static func write(_ plots: [LinePlot], columns: Int, to path: String) throws {
        do {
            try FileOutput.writeAtomically(grid(plots, columns: columns), to: path)
        } catch {
            throw JoblibError.cannotWriteFile(path, what: "The plot", cause: error)
        }
    }
}
