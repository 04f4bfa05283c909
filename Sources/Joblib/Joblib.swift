@_exported public import JoblibErrors
@_exported public import JoblibMemory
@_exported public import JoblibParallel
@_exported public import JoblibPersistence
