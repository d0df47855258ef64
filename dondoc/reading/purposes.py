def read_purposes(*a): return ()
