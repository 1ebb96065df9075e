namespace BlazorAgents.Agents.HostedTools;

/// <summary>One thing that a hosted tool gave; a closed union.</summary>
public abstract record HostedToolOutput
{
    private HostedToolOutput()
    {
    }

    /// <summary>Text: the log of a code run, the answer of an MCP tool.</summary>
    public sealed record Text(string Value) : HostedToolOutput;

    /// <summary>A picture's bytes. <paramref name="MediaType"/> is what the provider says ("image/png"), not checked.</summary>
    public sealed record Image(ReadOnlyMemory<byte> Data, string MediaType) : HostedToolOutput;

    /// <summary>A picture's address, as the provider gave it.</summary>
    public sealed record ImageLink(string Url) : HostedToolOutput;

    /// <summary>A file on the provider's side. <paramref name="ContainerId"/> is null for files of the files API.</summary>
    public sealed record File(string FileId, string? ContainerId, string? Name) : HostedToolOutput;

    /// <summary>A page of the web.</summary>
    public sealed record Link(string Url, string? Title) : HostedToolOutput;

    /// <summary>A passage found in a file. <paramref name="Score"/> is 0.0 to 1.0, higher is nearer.</summary>
    public sealed record Passage(string FileId, string? FileName, double? Score, string Value) : HostedToolOutput;
}
