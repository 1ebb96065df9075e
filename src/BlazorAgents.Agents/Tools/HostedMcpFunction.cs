using System.Runtime.InteropServices;
using System.Text.Json;
using BlazorAgents.Agents.ToolLoop;
using Microsoft.Extensions.AI;

namespace BlazorAgents.Agents.Tools;

/// <summary>A tool of a remote MCP server that the provider calls: gates and journals know it like any other, but it cannot be invoked here.</summary>
public sealed class HostedMcpFunction : AIFunction
{
    /// <summary>Most bytes of a schema: each request for a call keeps a copy.</summary>
    public const int MaxSchemaBytes = 64 * 1024;

    private static readonly JsonElement s_anyObject = JsonElement.Parse("""{"type":"object"}""");
    private readonly string _name;
    private readonly JsonElement _schema;

    /// <summary>A tool of <paramref name="server"/>.</summary>
    /// <param name="server">The server as the provider was given it.</param>
    /// <param name="toolName">The tool's name at the server.</param>
    /// <param name="schema">The schema of its arguments; any object is taken without one, and where it is no object, no text or too long.</param>
    public HostedMcpFunction(HostedMcpServerTool server, string toolName, JsonElement? schema = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        Server = server;
        _name = NameOf(server.ServerName, toolName);
        _schema = schema is { ValueKind: JsonValueKind.Object } known && IsUsable(known) ? known : s_anyObject;
    }

    /// <summary>The server.</summary>
    public HostedMcpServerTool Server { get; }

    /// <inheritdoc/>
    public override string Name => _name;

    /// <inheritdoc/>
    public override JsonElement JsonSchema => _schema;

    /// <summary>"label.tool": a server chooses its tools' names, and must not take on that of another tool. No function's name has a dot.</summary>
    public static string NameOf(string? serverLabel, string toolName) => $"{serverLabel}.{toolName}";

    /// <summary>The tool's name at its server.</summary>
    public static string ToolNameOf(string serverLabel, string name)
    {
        ArgumentNullException.ThrowIfNull(serverLabel);
        ArgumentNullException.ThrowIfNull(name);
        return name.Length > serverLabel.Length + 1 && name.StartsWith(serverLabel + ".", StringComparison.Ordinal) ? name[(serverLabel.Length + 1)..] : name;
    }

    // A server may write anything, and what it wrote is stored and digested while a call is judged.
    private static bool IsUsable(JsonElement schema) => JsonMarshal.GetRawUtf8Value(schema).Length <= MaxSchemaBytes && CanonicalJson.IsText(schema);

    /// <inheritdoc/>
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} is called by the provider, not here.");
}
