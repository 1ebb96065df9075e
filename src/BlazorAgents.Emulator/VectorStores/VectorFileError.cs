namespace BlazorAgents.Emulator.VectorStores;

/// <summary>Why a file could not be indexed: server_error, unsupported_file or invalid_file, and a sentence.</summary>
internal sealed record VectorFileError(string Code, string Message)
{
    public object Shape => new { code = Code, message = Message };
}
