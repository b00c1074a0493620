"""How well answers from documents do: do they cite the right passage, and decline where there is none?"""
