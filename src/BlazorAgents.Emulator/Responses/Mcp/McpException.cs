namespace BlazorAgents.Emulator.Responses.Mcp;

/// <summary>A remote MCP server that cannot be reached or does not answer as it should. The message holds no secrets.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="code">HTTP status, or the code of the protocol.</param>
/// <param name="isHttp">Whether the code is an HTTP status.</param>
internal sealed class McpException(string message, int code, bool isHttp) : Exception(message)
{
    public int Code => code;

    public bool IsHttp => isHttp;
}
