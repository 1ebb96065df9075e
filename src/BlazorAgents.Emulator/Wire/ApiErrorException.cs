namespace BlazorAgents.Emulator.Wire;

/// <summary>Ends a request with an error answer.</summary>
public sealed class ApiErrorException(ApiError error) : Exception(error.Message)
{
    /// <summary>What the client gets.</summary>
    public ApiError Error => error;
}
