import ast

tree = ast.parse('x = 1 + y')
tree.body[0].value.left = ast.Constant(5)
tree.body[0].targets[0].id = 'z'
tree.body.append(tree.body[0])
ast.fix_missing_locations(tree)
tree.mine = [tree]
node = ast.Name('q', ast.Load())
node.ctx = ast.Store()
del node.ctx


class V(ast.NodeTransformer):
    def visit_Name(self, n):
        n.seen = True
        return ast.copy_location(ast.Constant(n.id), n)


tree2 = V().visit(ast.parse('a + b(c)'))
tree2.body[0].value.op = None
