"""Exchange: claims go out in the field's formats and come in from them, each with what was lost.

Takes rows of claims, accounts, readings or files of others; gives files, loss reports and refusals.
Never turns an unknown into a number, never counts what no words tell, and never lets what is imported
corroborate anything.
"""
