namespace BlazorAgents.Agents;

/// <summary>Gives the network faults of foreign chat clients the agent layer's form; other exceptions stay what they are.</summary>
internal static class ClientFault
{
    public static Exception Translate(Exception fault) => fault switch
    {
        AgentException => fault,
        HttpRequestException or IOException => new AgentException(
            AgentErrorKind.Unavailable, "The connection to the model failed. Try again in a moment.", fault),
        TimeoutException or OperationCanceledException => new AgentException(
            AgentErrorKind.Timeout, "The model did not answer in time. Try again in a moment.", fault),
        _ => fault,
    };
}
