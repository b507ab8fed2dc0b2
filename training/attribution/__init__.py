"""Attribution model: who is made to say what, learned from annotated news.

Takes articles with annotated attributions and the weights of a small encoder;
gives two ONNX files, a tokenizer and a config that `counterclaim.model` reads.
"""
