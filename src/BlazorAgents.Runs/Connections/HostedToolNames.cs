using Microsoft.Extensions.AI;

namespace BlazorAgents.Runs;

/// <summary>The provider's tools that people can switch on for a conversation.</summary>
public static class HostedToolNames
{
    /// <summary>Search in the web.</summary>
    public const string WebSearch = "web_search";

    /// <summary>Code run in the provider's container.</summary>
    public const string CodeInterpreter = "code_interpreter";

    /// <summary>Pictures.</summary>
    public const string ImageGeneration = "image_generation";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [WebSearch, CodeInterpreter, ImageGeneration];

    /// <summary>The tool of a name, or null.</summary>
    public static AITool? Create(string name) => name switch
    {
        WebSearch => new HostedWebSearchTool(),
        CodeInterpreter => new HostedCodeInterpreterTool(),
        ImageGeneration => new HostedImageGenerationTool(),
        _ => null,
    };
}
