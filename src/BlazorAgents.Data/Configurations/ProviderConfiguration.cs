using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BlazorAgents.Data.Configurations;

internal sealed class ProviderConfiguration : IEntityTypeConfiguration<Provider>
{
    public void Configure(EntityTypeBuilder<Provider> builder)
    {
        builder.Property(p => p.Name).HasMaxLength(60);
        builder.Property(p => p.NormalizedName).HasMaxLength(60);
        builder.Property(p => p.Kind).HasMaxLength(20);
        builder.Property(p => p.Endpoint).HasMaxLength(500);
        builder.Property(p => p.ChatModelId).HasMaxLength(200);
        builder.Property(p => p.ResponsesModelId).HasMaxLength(200);
        builder.Property(p => p.OrganizationId).HasMaxLength(100);
        builder.Property(p => p.ProtectedKey).HasMaxLength(4000);
        builder.Property(p => p.KeyEnding).HasMaxLength(4);
        builder.Property(p => p.ClientType).HasMaxLength(20);
        builder.HasIndex(p => p.NormalizedName).IsUnique();
    }
}
