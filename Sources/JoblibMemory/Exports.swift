// Its options and errors are of that module: a literal such as "10G" needs them.
@_exported public import JoblibParallel
