using BlazorAgents.Emulator.Assistants;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Uploads;
using BlazorAgents.Emulator.VectorStores;

namespace BlazorAgents.Emulator;

/// <summary>Finds the endpoint that keeps something for its clients: files, uploads, vector stores, assistants and threads.</summary>
internal static class StoreEndpoints
{
    private const string Root = "/v1/";

    /// <summary>Null for a path that none of them serves.</summary>
    public static Task? Answer(Exchange exchange, IBrain brain, string path)
    {
        if (!path.StartsWith(Root, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = path[Root.Length..].Split('/');
        return FilesEndpoint.Answer(exchange, parts)
            ?? UploadsEndpoint.Answer(exchange, parts)
            ?? VectorStoresEndpoint.Answer(exchange, parts)
            ?? AssistantsEndpoint.Answer(exchange, brain, parts);
    }
}
