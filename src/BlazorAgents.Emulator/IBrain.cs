namespace BlazorAgents.Emulator;

/// <summary>What stands behind the wire: the demo model, or a test's script.</summary>
public interface IBrain
{
    /// <summary>Ids listed by GET /v1/models.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Whether a model id of a request is served.</summary>
    bool Knows(string model);

    /// <summary>
    /// Sees every request first. True: answered. False: the server answers with its own endpoint (models, embeddings, 404).
    /// Throws <see cref="Wire.ApiErrorException"/> for an answer in OpenAI's error shape.
    /// </summary>
    Task<bool> TryAnswerAsync(Exchange exchange);
}
