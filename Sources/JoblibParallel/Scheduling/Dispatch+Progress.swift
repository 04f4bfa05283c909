extension Dispatch {
    /// How many batches joblib would have taken from the input before the end of the latest one let it take more, and
    /// whether it would have found the end of the input by then.
    ///
    /// joblib takes a batch for each one that ends. Here the caller takes them when it wakes up, and several may have ended
    /// by then. Messages are thinned by this number: one that is left out would be a message lost.
    var shownProgress: (batches: Int, isExhausted: Bool) {
        guard let window = settings.shownWindow else { return (pulledBatches, isExhausted) }
        let isOver = isExhausted || pulledTasks == settings.total
        let first = isOver ? min(window, pulledBatches) : window
        let batches = first + max(0, endedBatches - 1)
        return (max(batches, pulledBatches), isOver && batches > pulledBatches)
    }
}
