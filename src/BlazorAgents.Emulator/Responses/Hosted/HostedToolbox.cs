using BlazorAgents.Emulator.Containers;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Responses.Mcp;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;

namespace BlazorAgents.Emulator.Responses.Hosted;

/// <summary>Makes the hosted tools of a request. File search comes first, so that a question goes to the documents before it goes to the web.</summary>
internal sealed class HostedToolbox(FileRegistry files, VectorStoreRegistry stores, ContainerRegistry containers, McpServers mcp)
{
    public McpServers Mcp => mcp;

    /// <summary>Refuses a request that names something that does not exist: 404 for a file, vector store or container, 400 for an expired one.</summary>
    public void Check(ResponseRequest request)
    {
        foreach (var part in request.Input.SelectMany(item => item.Items("content")))
        {
            if (part.Text("file_id") is { } file)
            {
                files.Get(file);
            }
        }

        foreach (var tool in request.Tools.Of("file_search"))
        {
            foreach (var id in tool.Items("vector_store_ids"))
            {
                stores.Use(id.GetString()!, _ => true);
            }
        }

        foreach (var tool in request.Tools.Of("code_interpreter"))
        {
            if (tool.Text("container") is { } id)
            {
                containers.Use(id, _ => true);
            }

            foreach (var file in tool.Member("container")?.Items("file_ids") ?? [])
            {
                files.Get(file.ToString());
            }
        }
    }

    public IReadOnlyList<IHostedTool> Open(ResponseRequest request, CitationMarks marks, Func<string, CancellationToken, Task> pause) =>
    [
        .. request.Tools.Of("file_search").Take(1).Select(tool => new FileSearchTool(tool, stores, marks)),
        .. request.Tools.Of("web_search").Take(1).Select(tool => new WebSearchTool(tool, marks)),
        .. request.Tools.Of("code_interpreter").Take(1).Select(tool => new CodeInterpreterTool(tool, containers, marks, pause)),
        .. request.Tools.Of("image_generation").Take(1).Select(tool => new ImageGenerationTool(tool)),
    ];
}
