@_exported public import JoblibMemory
@_exported public import JoblibParallel
