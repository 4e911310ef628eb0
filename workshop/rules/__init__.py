"""The rules of the product, pure: no input or output, no clock, no chance; each formula says where it is from."""
