/// One setting of the experiment: where, how many at a time, and how long the tasks are.
struct SpeedupCell: Sendable, Hashable {
    var backend: SpeedupBackend
    var jobs: Int
    var size: Int
}
