using BlazorAgents.Emulator.Assistants;
using BlazorAgents.Emulator.Files;
using BlazorAgents.Emulator.Uploads;
using BlazorAgents.Emulator.VectorStores;
using BlazorAgents.Emulator.Wire;
using Microsoft.AspNetCore.Http;

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

    public static ApiErrorException WrongMethod(Exchange exchange) =>
        new(new ApiError(StatusCodes.Status405MethodNotAllowed, $"Not allowed to {exchange.Method} on {exchange.Path}.", Code: "method_not_supported"));
}
