# needs networkx
# states every 9
"""Graphs: made, walked, measured."""

import networkx


def roads():
    graph = networkx.Graph()
    for a, b, length in [('a', 'b', 2), ('b', 'c', 3), ('a', 'c', 9), ('c', 'd', 1), ('e', 'f', 4)]:
        graph.add_edge(a, b, weight=length)
    graph.nodes['a']['home'] = True
    return graph


def measure(graph):
    path = networkx.shortest_path(graph, 'a', 'd', weight='weight')
    parts = sorted(sorted(part) for part in networkx.connected_components(graph))
    graph.remove_edge('b', 'c')
    longer = networkx.shortest_path_length(graph, 'a', 'd', weight='weight')
    try:
        networkx.shortest_path(graph, 'a', 'e')
        missing = None
    except networkx.NetworkXNoPath as error:
        missing = str(error)
    return path, parts, longer, missing


graph = roads()
result = measure(graph)
tasks = networkx.DiGraph([('wash', 'dry'), ('dry', 'fold'), ('iron', 'fold')])
order = list(networkx.lexicographical_topological_sort(tasks))
ranks = {name: round(rank, 6) for name, rank in networkx.degree_centrality(tasks).items()}
print(result, order, ranks, sorted(graph.edges(data='weight')))
