from dondoc.reading.model import Units
def read_units(*a): return Units()
