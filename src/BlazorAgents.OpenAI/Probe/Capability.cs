namespace BlazorAgents.OpenAI.Probe;

/// <summary>What a provider may be able to do; stored by name.</summary>
public enum Capability
{
    /// <summary>Chat Completions, as a stream.</summary>
    Streaming,

    /// <summary>Function calls.</summary>
    Tools,

    /// <summary>Several function calls in one answer.</summary>
    ParallelTools,

    /// <summary>Images in a message.</summary>
    Vision,

    /// <summary>Answers that follow a JSON schema.</summary>
    JsonSchema,

    /// <summary>The Responses interface.</summary>
    Responses,

    /// <summary>Conversations that the provider keeps.</summary>
    Conversations,

    /// <summary>Responses that go on without a connection.</summary>
    Background,

    /// <summary>Vector stores, which file search needs.</summary>
    VectorStores,

    /// <summary>Embeddings.</summary>
    Embeddings,

    /// <summary>The Assistants interface itself.</summary>
    Assistants,
}
