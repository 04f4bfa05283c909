internal import Joblib

/// All that a run needs, opened and checked.
struct MapPlan {
    var settings: MapSettings
    var template: CommandTemplate
    var inputs: InputReader
    var executables: ExecutableSearch
    var screen: MapScreen
    var log: JobLog?
    var finishedBefore: FinishedTasks?
    var cache: MapCache?
    var results: ResultsDirectory?
}
