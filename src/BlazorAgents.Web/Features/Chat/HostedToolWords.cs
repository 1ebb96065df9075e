using BlazorAgents.Agents.HostedTools;

namespace BlazorAgents.Web.Features.Chat;

/// <summary>The provider's tool calls in words.</summary>
internal static class HostedToolWords
{
    private const int MaxName = 60;

    /// <summary>What was done.</summary>
    public static string Title(HostedToolCall call) => call.Kind switch
    {
        HostedToolKind.FileSearch => "Searched the files",
        HostedToolKind.CodeInterpreter => "Ran code",
        HostedToolKind.WebSearch => "Searched the web",
        HostedToolKind.ImageGeneration => "Made a picture",
        HostedToolKind.McpTools => $"Looked at the tools of {Server(call)}",
        _ => $"Called {Tool(call)} on {Server(call)}",
    };

    /// <summary>What is being done.</summary>
    public static string Doing(HostedToolCall call) => call.Kind switch
    {
        HostedToolKind.FileSearch => "Searching the files",
        HostedToolKind.CodeInterpreter => "Running code",
        HostedToolKind.WebSearch => "Searching the web",
        HostedToolKind.ImageGeneration => "Making a picture",
        HostedToolKind.McpTools => $"Looking at the tools of {Server(call)}",
        _ => $"Calling {Tool(call)} on {Server(call)}",
    };

    /// <summary>What it is about, where one line can say it; null otherwise.</summary>
    public static string? Target(HostedToolCall call) =>
        call.Kind is HostedToolKind.FileSearch or HostedToolKind.WebSearch && OutsideText.Lines(call.Input, 1) is [var first] ? OutsideText.Line(first) : null;

    /// <summary>The name of an icon.</summary>
    public static string Icon(HostedToolKind kind) => kind switch
    {
        HostedToolKind.FileSearch => "book",
        HostedToolKind.WebSearch => "search",
        HostedToolKind.ImageGeneration => "image",
        HostedToolKind.Mcp or HostedToolKind.McpTools => "server",
        _ => "tool",
    };

    private static string Tool(HostedToolCall call) => OutsideText.Line(call.Name, MaxName) is { Length: > 0 } name ? name : "a tool";

    private static string Server(HostedToolCall call) => OutsideText.Line(call.ServerName, MaxName) is { Length: > 0 } name ? name : "a server";
}
