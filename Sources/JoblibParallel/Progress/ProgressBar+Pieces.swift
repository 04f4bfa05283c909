extension ProgressBar {
    /// The parts of the line as text, before it is known which of them fit.
    struct Pieces {
        let unicode: Bool
        /// From 0 to 1; `nil` while the total is unknown.
        let fraction: Double?
        /// The percentage, four wide, or the count where there is no total.
        let head: String
        /// A shorter head for a narrow line.
        let shortHead: String?
        /// "450/1000"; `nil` where the head is the count.
        let count: String?
        let elapsed: String
        let remaining: String?
        let rate: String?
        let failed: Int

        init(of snapshot: ProgressSnapshot, unicode: Bool) {
            self.unicode = unicode
            let done = max(0, snapshot.done)
            failed = max(0, snapshot.failed)
            elapsed = DurationFormat.people(snapshot.elapsed)
            rate = snapshot.rate.map(RateFormat.text)
            guard let total = snapshot.total else {
                fraction = nil
                head = "\(done)"
                shortHead = RateFormat.scaled(Double(done))
                count = nil
                remaining = nil
                return
            }
            let all = max(done, total)
            let share = all == 0 ? 1 : Double(done) / Double(all)
            let percent = done == all ? 100 : min(99, Int(share * 100))
            fraction = done == all ? 1 : share
            head = FixedDecimals.pad("\(percent)%", to: 4)
            shortHead = nil
            let digits = String(all)
            count = "\(done)/\(digits)"
            remaining = snapshot.isFinished ? nil : snapshot.remaining.map(DurationFormat.people)
        }

        /// What goes between the brackets, failures apart.
        func details(_ layout: Layout) -> [String] {
            var details: [String] = []
            switch (layout.elapsed, layout.remaining ? remaining : nil) {
            case (true, let remaining?): details.append("\(elapsed)<\(remaining)")
            case (true, nil): details.append(elapsed)
            case (false, let remaining?): details.append("\(remaining) left")
            // With nothing left to wait for, or no way to know, the time it took takes that place.
            case (false, nil) where layout.remaining: details.append(elapsed)
            case (false, nil): break
            }
            if layout.rate, let rate {
                details.append(rate)
            }
            return details
        }

        /// How wide the part after the bar usually gets in the course of a call.
        func expectedWidth(_ layout: Layout) -> Int {
            guard layout.elapsed else { return 0 }
            var width = " [59:59<59:59]".count + (layout.rate ? ", 99.9/s".count : 0)
            if layout.count, let count, let slash = count.firstIndex(of: "/") {
                width += 2 * count[slash...].count
            }
            return width
        }
    }
}
